/** Who said what, from which second to which. */
export type Cue = readonly [from: number, to: number, speaker: string, text: string];

export const meeting = {
  title: 'Pell Wharf depot: steering meeting',
  date: '2026-03-11',
  attendees: [
    { name: 'Mara Ellin', role: 'Director of Operations' },
    { name: 'Jonas Beck', role: 'Depot Manager', aliases: ['Joe'] },
    { name: 'Priya Nair', role: 'Finance', email: 'p.nair@valtor.example' },
    { name: 'Tomasz Wilk', role: 'Works Council' },
    { name: 'Ines Duarte', role: 'IT' },
  ],
} as const;

export const agenda = [
  'Closing date of the depot',
  'Cost of the move',
  'New yard software',
] as const;

export const cues: readonly Cue[] = [
  [2, 9, 'Mara Ellin', 'Good morning everybody. Um, is everyone there?'],
  [10, 12, 'Jonas Beck', 'Yes, everyone is.'],
  [13, 24, 'Mara Ellin', 'Okay. First point, the closing date of the depot. Jonas, where are we?'],
  [
    25,
    41,
    'Jonas Beck',
    'The last train leaves on 30 September 2026. The lease ends in December, so there are three months to clear the site.',
  ],
  [
    42,
    55,
    'Tomasz Wilk',
    'The works council wants the 84 people to know their new place of work before the summer.',
  ],
  [
    56,
    68,
    'Mara Ellin',
    'That is fair. We decided to close Pell Wharf on 30 September 2026, and every employee gets a letter by the end of May.',
  ],
  [69, 76, 'Jonas Beck', "I'll draft the letter by next Friday."],
  [77, 84, 'Tomasz Wilk', 'I will go through it with the works council until 27 March.'],
  [
    85,
    97,
    'Mara Ellin',
    'Good. Second point, the cost of the move. Priya, what does it look like?',
  ],
  [
    98,
    116,
    'Priya Nair',
    'The estimate is 1.9 million euros. That is 300,000 more than planned, because of the crane.',
  ],
  [117, 126, 'Jonas Beck', 'We could sell the crane. It is worth about 450,000 euros.'],
  [127, 136, 'Mara Ellin', 'Can you get two offers for the crane, Jonas?'],
  [137, 142, 'Jonas Beck', 'Sure, by the end of the month.'],
  [
    143,
    156,
    'Priya Nair',
    "Then I'll update the budget when the offers are there. I need an answer to one question: who pays for the clearing of the soil?",
  ],
  [157, 166, 'Mara Ellin', 'That is still open. Let us leave it open until the survey is there.'],
  [167, 180, 'Mara Ellin', 'Third point, the new yard software. Ines?'],
  [
    181,
    199,
    'Ines Duarte',
    'The test at Tollen Yard ran for six weeks. Shunting plans are ready 40 minutes earlier than before.',
  ],
  [200, 212, 'Tomasz Wilk', 'People still need training. Two days are not enough.'],
  [
    213,
    226,
    'Mara Ellin',
    'Agreed: we roll it out at Tollen Yard on 1 June, with three days of training for everyone.',
  ],
  [227, 236, 'Ines Duarte', "I'll send the training plan to Tomasz by Wednesday."],
  [237, 246, 'Priya Nair', 'The third day costs 21,000 euros. It is in the budget.'],
  [247, 254, 'Mara Ellin', 'Thank you all. [laughter] We meet again in two weeks.'],
];
