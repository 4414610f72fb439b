/** Words of the minutes themselves. What the transcript says stays in its own language. */
export interface Labels {
  readonly minutesOf: (name: string) => string;
  readonly date: string;
  readonly attendees: string;
  readonly uninvited: string;
  readonly silent: string;
  readonly agenda: string;
  readonly decisions: string;
  readonly actions: string;
  readonly topics: string;
  readonly otherTopics: string;
  readonly questions: string;
  readonly unaccounted: string;
  readonly task: string;
  readonly owner: string;
  readonly due: string;
  readonly remarks: string;
  readonly number: string;
  readonly open: string;
  readonly withdrawn: string;
  readonly noDecisions: string;
  readonly noActions: string;
  readonly notDiscussed: string;
}

const english: Labels = {
  minutesOf: (name) => `Minutes of ${name}`,
  date: 'Date',
  attendees: 'Attendees',
  uninvited: 'Spoke, not on the list',
  silent: 'On the list, did not speak',
  agenda: 'Agenda',
  decisions: 'Decisions',
  actions: 'Actions',
  topics: 'Topics',
  otherTopics: 'Other matters',
  questions: 'Open questions',
  unaccounted: 'Passages to check',
  task: 'Task',
  owner: 'Owner',
  due: 'Due',
  remarks: 'Remarks',
  number: 'No.',
  open: 'not said',
  withdrawn: 'Taken back: ',
  noDecisions: 'No decision was noted.',
  noActions: 'No action was noted.',
  notDiscussed: 'Nothing was noted on this point.',
};

const german: Labels = {
  minutesOf: (name) => `Protokoll: ${name}`,
  date: 'Datum',
  attendees: 'Teilnehmende',
  uninvited: 'Haben gesprochen, stehen nicht auf der Liste',
  silent: 'Stehen auf der Liste, haben nicht gesprochen',
  agenda: 'Tagesordnung',
  decisions: 'Beschlüsse',
  actions: 'Aufgaben',
  topics: 'Themen',
  otherTopics: 'Weiteres',
  questions: 'Offene Fragen',
  unaccounted: 'Zu prüfende Stellen',
  task: 'Aufgabe',
  owner: 'Wer',
  due: 'Bis wann',
  remarks: 'Bemerkungen',
  number: 'Nr.',
  open: 'nicht genannt',
  withdrawn: 'Zurückgenommen: ',
  noDecisions: 'Es wurde kein Beschluss festgehalten.',
  noActions: 'Es wurde keine Aufgabe festgehalten.',
  notDiscussed: 'Zu diesem Punkt wurde nichts festgehalten.',
};

/** Labels of a language; those without their own are served in English. */
export function labelsOf(language: string): Labels {
  return language.split('-')[0] === 'de' ? german : english;
}
