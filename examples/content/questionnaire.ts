/** Questions about the example documents, as a customer would send them; the last three are answered nowhere in them. */
export const questionnaire: readonly (readonly [topic: string, question: string])[] = [
  ['Company', 'What was revenue for the year ended 31 March 2026?'],
  ['Company', 'What was EBITDA and its margin?'],
  ['Company', 'What share of revenue did Kestrel Lines account for?'],
  ['Company', 'How many drivers does the company employ?'],
  ['Company', 'When will the Pell Wharf depot close?'],
  ['Contract', 'When does the contract begin and how long does it run?'],
  ['Contract', 'What Monthly Fee shall the Trust pay?'],
  ['Contract', 'To what are Service Credits limited in any month?'],
  ['Contract', 'With what notice may the Trust end the contract without cause?'],
  ['Study', 'What share of doses did the posts with the new refrigerator discard?'],
  ['Study', 'How much did running costs fall per post and year?'],
  ['Company', 'Which airline handles the freight of the Reykjavik office?'],
  ['Contract', 'Which escrow agent keeps the source code?'],
  ['Study', 'How many helicopters supplied the vaccination camps?'],
];
