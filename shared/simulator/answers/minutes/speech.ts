/** What a sentence of a meeting does, by the words that it uses. */
export type SpeechAct =
  | { readonly kind: 'decision' }
  | {
      readonly kind: 'action';
      readonly owner: string | undefined;
      readonly task: string;
      readonly needsAssent: boolean;
    }
  | { readonly kind: 'correction'; readonly isWithdrawal: boolean }
  | { readonly kind: 'question' }
  | { readonly kind: 'point' }
  | { readonly kind: 'none'; readonly reason: string };

const end = String.raw`(?=[^\p{L}]|$)`;
const start = String.raw`(?:^|[^\p{L}])`;
const words = (list: string) => new RegExp(`${start}(?:${list})${end}`, 'iu');

const undecided = words(
  "(?:decided|agreed(?: on)?|decide|resolved) nothing|nothing (?:was |is |has been )?(?:yet )?(?:decided|agreed|resolved)|(?:not|n['’]t|never) (?:yet |been |really |formally )*(?:decided?|agreed?|approved?|resolved?)|no decision|undecided|(?:to|should|must|can|could|before|until|when|whether|if|once) (?:we |they |you )?(?:decide|agree|approve)d?|decide (?:later|next|another)|still open|remains? open|nichts (?:beschlossen|entschieden|vereinbart)|(?:noch )?(?:nicht|keine?n?) (?:\\p{L}+ )?(?:beschlossen|entschieden|vereinbart|entscheidung|beschluss|einig)|nicht einig|(?:noch|bleibt) offen|ob wir",
);
const decided = words(
  "(?:we|the (?:board|team|committee|group|council)|it)(?: have| has|['’]ve|['’]s| is| was)?(?: all| now| therefore| hereby| just)? (?:decided|agreed|approved?s?|resolved|adopted|settled|rejects?|rejected|postponed?|signed off)|decision(?: is)?:|agreed(?:,| then|:| that)|decided(?:,|:| then)|(?:we|let['’]s|we['’]ll|we will|so we)(?: all| will)? (?:go|stick|stay) (?:with|ahead)|motion (?:is |was )?carried|(?:is|are|was|were) (?:hereby )?(?:approved|adopted|rejected|postponed|signed off)|(?:wir )?(?:haben|hat|ist|wird|sind|wurde) (?:[^.]{1,120} )?(?:beschlossen|entschieden|genehmigt|vereinbart|verabschiedet|angenommen|abgelehnt|verschoben|festgelegt)|wir (?:beschließen|vereinbaren|einigen uns|genehmigen|nehmen|bleiben bei|verschieben|entscheiden uns)|beschlossen(?: ist)?:|beschluss:",
);
const hypothetical = words(
  "if|might|maybe|perhaps|would have|could have|should have|last (?:year|month|week|quarter)|used to|in theory|one day|someday|I (?:think|guess|suppose|hope|wish|wonder)|we['’]ll see|vielleicht|eventuell|wenn|falls|könnte man|hätte|letztes jahr|letzten? (?:woche|monat)|irgendwann|ich (?:glaube|denke|hoffe)",
);
const correction =
  /^\W*(?:(?:no|nope|wait|sorry|actually|hold on|correction|hm+|nein|stopp|moment|Korrektur|halt)\b[\s,:.–-]*)+(?:sorry[,:]? |actually[,:]? |doch |please )?(?:make|let['’]s make|let['’]s say|better|rather|it (?:should|has to) be|that should be|that has to be|we need it|I need it|by |the |lieber|besser|erst|sondern|machen wir|nehmen wir|bis |am |\p{Lu}\p{Ll}+ (?:will|takes|übernimmt|macht))|^\W*(?:scratch|forget|drop) (?:that|it)|^\W*(?:let['’]s make (?:that|it))|^\W*(?:streichen|vergessen) wir/iu;
const withdrawal =
  /(?:scratch|forget|drop) (?:that|it)|no longer need|streichen wir|vergessen wir|brauchen wir nicht mehr/iu;
const openQuestion = words(
  'open question|still (?:unclear|open)|remains? (?:open|unclear)|need to find out|offene frage|noch offen|unklar|zu klären bleibt|bleibt offen',
);

/** What the sentence does; `names` are those that may own something. */
export function speechActOf(sentence: string): SpeechAct {
  if (correction.test(sentence))
    return { kind: 'correction', isWithdrawal: withdrawal.test(sentence) };
  if (openQuestion.test(sentence)) return { kind: 'question' };
  if (undecided.test(sentence)) return { kind: 'none', reason: 'nothing was decided' };
  if (decided.test(sentence) && !/\?\s*$/u.test(sentence)) {
    return hypothetical.test(sentence) && !/^\W*(?:decision|decided|beschluss)/iu.test(sentence)
      ? { kind: 'none', reason: 'of another time, or only considered' }
      : { kind: 'decision' };
  }
  const action = actionIn(sentence);
  if (action !== undefined) {
    return hypothetical.test(sentence) ? { kind: 'none', reason: 'only considered' } : action;
  }
  return isWorthAPoint(sentence) ? { kind: 'point' } : { kind: 'none', reason: 'no commitment' };
}

const name = String.raw`\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?`;
const names = `${name}(?:(?:,| and| und| &) ${name})*`;
const fill = `(?: also| then| just| please| certainly| dann| auch| noch| bitte| mal)?`;

interface ActionForm {
  readonly pattern: RegExp;
  /** Who it makes the owner: a word of ours, or the group of that number. */
  readonly owner: string | number;
  readonly task: number;
  readonly needsAssent?: boolean;
}

const forms: readonly ActionForm[] = [
  {
    pattern: new RegExp(
      String.raw`\b(?:action(?: item| point)?|to-?do|next step|Aufgabe)(?: for)? (${names})\s?: (.+)$`,
      'iu',
    ),
    owner: 1,
    task: 2,
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:action(?: item| point)?|to-?do|Aufgabe)\s?: (${names})(?: will| to| soll| wird|,| -| –) (.+)$`,
      'u',
    ),
    owner: 1,
    task: 2,
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:I['’]ll|I will|I shall|I am going to|I['’]m going to|let me)${fill} ((?!see\b|be\b|think\b|say\b|admit\b|tell\b|miss\b|stop\b|start by\b|do (?:it|that)\b|never\b|not\b).+)$`,
      'iu',
    ),
    owner: 'I',
    task: 1,
  },
  {
    pattern: new RegExp(
      String.raw`(?:^|[,.;:] |\b(?:and|so|then|okay|ok|that) )(${names})(?:['’]ll| will| shall| is going to| are going to| agreed to| takes over| has to| needs to| must) (?!be\b|have been\b|see\b|grow\b|probably\b|not\b|never\b)(.+)$`,
      'u',
    ),
    owner: 1,
    task: 2,
  },
  {
    pattern: new RegExp(`(${name}), (?:can|could|would|will) you${fill} (.+)$`, 'u'),
    owner: 1,
    task: 2,
  },
  { pattern: new RegExp(`(${name}), please (.+)$`, 'u'), owner: 1, task: 2 },
  {
    pattern: new RegExp(
      String.raw`\b(?:can|could|would) you${fill} (?!hear|see|repeat|say)(.+)$`,
      'iu',
    ),
    owner: 'you',
    task: 1,
    needsAssent: true,
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:we['’]ll|we will|we need to|we have to|we must)${fill} ((?!see\b|be\b|go with\b).+ (?:by|before|until|within|in two|next|tomorrow) .+)$`,
      'iu',
    ),
    owner: 'we',
    task: 1,
  },
  { pattern: /\b(?:the|our) (.+) (?:needs to|has to|must) be (.+)$/iu, owner: '', task: 0 },
  {
    pattern: new RegExp(String.raw`\bich (?:werde|kann)${fill} (.+)$`, 'iu'),
    owner: 'ich',
    task: 1,
  },
  {
    pattern:
      /\b(?:ich (?:übernehme|mache|kümmere mich|schicke|sende|schreibe|prüfe|kläre|erstelle|bereite|rufe|organisiere|liefere|buche|bestelle|frage|hole|lade|aktualisiere|stelle|bringe|sorge|spreche))(?=[^\p{L}]) ?(.+)$/iu,
    owner: 'ich',
    task: 0,
  },
  {
    pattern:
      /\b(?:übernehme|mache|schicke|sende|schreibe|prüfe|kläre|erstelle|kümmere|rufe|buche|bestelle|organisiere) ich (.+)$/iu,
    owner: 'ich',
    task: 0,
  },
  {
    pattern: new RegExp(
      `(${name}),(?: bitte)? (?:kannst|könntest|würdest|könnten|können) (?:du|Sie)${fill} (.+)$`,
      'u',
    ),
    owner: 1,
    task: 2,
  },
  {
    pattern: new RegExp(
      String.raw`(?:^|[,.;:] |(?:und|dass|also|dann) )(${names}) (?:wird|soll|muss|übernimmt|kümmert sich um|schickt|sendet|schreibt|prüft|klärt|erstellt|organisiert|liefert|bucht|bestellt|aktualisiert|macht)(?=[^\p{L}]) (.+)$`,
      'u',
    ),
    owner: 1,
    task: 0,
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:kannst|könntest|würdest|könnten|können) (?:du|Sie)${fill} (.+)$`,
      'iu',
    ),
    owner: 'du',
    task: 1,
    needsAssent: true,
  },
];

const noOwners =
  /^(?:the|this|that|it|there|he|she|they|we|you|who|what|nobody|someone|das|die|der|es|er|sie|wir|ihr|man|dies|was|wer|jemand|niemand|sales|revenue|costs?|prices?|demand|traffic|market|everything|things?|inflation|customers?|okay|yes|no|and|so)$/iu;

function actionIn(sentence: string): Extract<SpeechAct, { kind: 'action' }> | undefined {
  for (const { pattern, owner, task, needsAssent = false } of forms) {
    const match = pattern.exec(sentence);
    if (match === null) continue;
    const said = typeof owner === 'number' ? bareName(match[owner] ?? '') : owner;
    if (typeof owner === 'number' && noOwners.test(said)) continue;
    return {
      kind: 'action',
      owner: said === '' ? undefined : said,
      task: match[task] ?? sentence,
      needsAssent,
    };
  }
  return undefined;
}

/** `So Anna` is Anna. */
function bareName(said: string): string {
  return said.replace(/^(?:(?:So|Okay|And|Then|Well|Dann|Also|Und|Gut) )+/u, '');
}

const assent =
  /^\W*(?:yes|yeah|yep|sure|ok|okay|will do|of course|no problem|happy to|absolutely|certainly|can do|fine|alright|all right|got it|understood|ja|klar|gerne?|mache? ich|geht klar|natürlich|kein problem|selbstverständlich|einverstanden|in ordnung)/iu;

export function isAssent(text: string): boolean {
  return assent.test(text);
}

function isWorthAPoint(sentence: string): boolean {
  const count = sentence.split(/\s+/u).length;
  return /\d/u.test(sentence) && count >= 7 && !/\?\s*$/u.test(sentence);
}
