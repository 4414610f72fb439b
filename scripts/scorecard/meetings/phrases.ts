/** How people say things in a language. `{who}`, `{task}`, `{when}` and `{what}` are filled in. */
export interface Phrases {
  /** `self`: the speaker takes it on. */
  readonly self: readonly string[];
  readonly named: readonly string[];
  readonly asked: readonly string[];
  /** Nobody is named; whoever agrees next is meant. */
  readonly unnamed: readonly string[];
  readonly group: readonly string[];
  readonly assents: readonly string[];
  readonly laterDate: readonly string[];
  readonly otherOwner: readonly string[];
  readonly withdrawal: readonly string[];
  readonly decisions: readonly string[];
  readonly recap: string;
  /** Sentences that sound alike and commit nobody. */
  readonly distractors: readonly string[];
  readonly chatter: readonly string[];
  readonly verbs: readonly string[];
  readonly objects: readonly string[];
  readonly matters: readonly string[];
}

export const english: Phrases = {
  self: ["I'll {task} {when}.", 'I will {task} {when}.', "Okay, I'm going to {task} {when}.", 'Let me {task} {when}.'],
  named: ['{who} will {task} {when}.', 'Action item for {who}: {task} {when}.', 'So {who} is going to {task} {when}.'],
  asked: ['{who}, can you {task} {when}?', '{who}, please {task} {when}.', '{who}, could you {task} {when}?'],
  unnamed: ['Could you {task} {when}?', 'Can you {task} {when}?'],
  group: ['We need to {task} {when}.', "We'll {task} {when}."],
  assents: ['Sure, will do.', 'Yes, of course.', 'Okay, no problem.'],
  laterDate: ['No, make it {when}.', "Actually, let's make it {when}.", 'Sorry, make that {when}.'],
  otherOwner: ['Actually, {who} will take that.'],
  withdrawal: ['Scratch that, we no longer need it.'],
  decisions: ['We agreed to {what}.', 'Decision: we {what}.', 'So we have decided to {what}.', 'Okay, we all agreed to {what}.', 'The committee decided to {what}.'],
  recap: 'To recap, {who} will {task} {when}.',
  distractors: [
    'We decided nothing about the parking spaces.',
    'Last year we decided to move the archive, as you know.',
    'If the grant comes through, I will buy a second microscope.',
    'Maybe somebody will look at the old server one day.',
    'Should we approve the new logo at all?',
    'I think the market will grow again in spring.',
    'Nothing was agreed on the canteen, it is still open.',
    "We'll see how that goes.",
    'It has not been decided whether the office moves.',
  ],
  chatter: [
    'The traffic was terrible this morning and the trains were late again.',
    'From my point of view the visitors liked the demonstration a lot.',
    'The numbers in the second column look a bit odd to me.',
    'Thanks for the overview, that was really helpful for all of us.',
    'There were 35 visitors at the open day and 12 of them left a card.',
    'Can everybody hear me all right?',
    'The old contract runs for a while, so there is no hurry from our side.',
    'Let us look at the next slide for a moment.',
  ],
  verbs: ['send', 'draft', 'review', 'update', 'prepare', 'check', 'publish', 'order', 'finish', 'circulate'],
  objects: ['lighting survey', 'boiler manual', 'parking plan', 'supplier letter', 'harbour map', 'intern contract', 'cooling report', 'visitor list', 'safety poster', 'fuel ledger', 'training video', 'website banner', 'warehouse audit', 'travel policy', 'cable inventory', 'alarm protocol', 'customer survey', 'press kit', 'road permit', 'window quote', 'pension leaflet', 'crane certificate', 'recycling guide', 'software licence', 'roof inspection', 'donor brochure', 'shift calendar', 'insurance file', 'catering order', 'museum loan', 'badge printer', 'data backup', 'tender document', 'seed catalogue', 'repair estimate', 'welcome booklet', 'sponsor deck', 'noise study', 'battery test', 'ticket machine'],
  matters: ['close the northern depot', 'hire two welders', 'raise the day rate to 480 euros', 'keep the blue uniforms', 'move the launch to spring', 'drop the paper invoices', 'rent the hall in Leeds', 'extend the pilot by 6 weeks', 'buy the smaller press', 'cancel the winter fair', 'join the energy pool', 'limit overtime to 8 hours', 'repaint the entrance', 'open the archive to students', 'sell the old ferry'],
};

export const german: Phrases = {
  self: ['Ich werde {when} {task}.', 'Ich kümmere mich {when} um {object}.', 'Ich übernehme {object} {when}.'],
  named: ['{who} wird {when} {task}.', '{who} übernimmt {object} {when}.', '{who} soll {when} {task}.'],
  asked: ['{who}, kannst du {when} {task}?', '{who}, könntest du {when} {task}?'],
  unnamed: ['Kannst du {when} {task}?', 'Könntest du {when} {task}?'],
  group: [],
  assents: ['Ja, mache ich.', 'Klar, kein Problem.', 'Gerne, geht klar.'],
  laterDate: ['Nein, lieber {when}.', 'Moment, besser {when}.'],
  otherOwner: ['Nein, {who} übernimmt das.'],
  withdrawal: ['Streichen wir das, das brauchen wir nicht mehr.'],
  decisions: ['Wir haben beschlossen, {what}.', 'Wir haben vereinbart, {what}.', 'Wir einigen uns darauf, {what}.', 'Dann ist beschlossen: {what}.'],
  recap: 'Ich fasse zusammen: {who} wird {when} {task}.',
  distractors: [
    'Über den Parkplatz haben wir nichts beschlossen.',
    'Letztes Jahr haben wir beschlossen, das Archiv umzuziehen.',
    'Wenn die Förderung kommt, werde ich ein zweites Mikroskop kaufen.',
    'Vielleicht wird irgendwann jemand den alten Server prüfen.',
    'Zur Kantine ist noch nichts entschieden, das bleibt offen.',
    'Ich glaube, der Markt wird im Frühling wieder wachsen.',
    'Es ist noch nicht entschieden, ob das Büro umzieht.',
  ],
  chatter: [
    'Der Verkehr war heute furchtbar und die Bahn kam wieder zu spät.',
    'Aus meiner Sicht hat den Besuchern die Vorführung sehr gefallen.',
    'Die Zahlen in der zweiten Spalte sehen etwas seltsam aus.',
    'Danke für den Überblick, das war für uns alle sehr hilfreich.',
    'Am Tag der offenen Tür waren 35 Besucher da, und 12 davon ließen eine Karte da.',
    'Könnt ihr mich alle gut hören?',
    'Der alte Vertrag läuft noch eine Weile, von uns aus eilt es nicht.',
  ],
  verbs: ['prüfen', 'aktualisieren', 'verschicken', 'vorbereiten', 'bestellen', 'erstellen'],
  objects: ['den Lichtplan', 'die Kesselanleitung', 'das Lieferantenschreiben', 'die Hafenkarte', 'den Praktikumsvertrag', 'den Kühlbericht', 'die Gästeliste', 'das Sicherheitsplakat', 'das Schulungsvideo', 'die Lagerprüfung', 'die Reiserichtlinie', 'das Kabelverzeichnis', 'die Kundenumfrage', 'die Pressemappe', 'das Fensterangebot', 'die Kranbescheinigung', 'den Dienstkalender', 'die Versicherungsakte', 'den Messestand', 'die Lärmstudie', 'den Batterietest', 'den Fahrkartenautomaten', 'die Dachkontrolle', 'die Spenderbroschüre'],
  matters: ['das Norddepot zu schließen', 'zwei Schweißer einzustellen', 'den Tagessatz auf 480 Euro anzuheben', 'die blauen Uniformen zu behalten', 'den Start in den Frühling zu verlegen', 'die Papierrechnungen abzuschaffen', 'den Saal in Leipzig zu mieten', 'den Versuch um 6 Wochen zu verlängern', 'die kleinere Presse zu kaufen'],
};
