/** A page of rules for drivers: texts of the kinds that a translation must not lose. */
export const handbook = {
  title: 'Handbook for drivers',
  header: 'Valtor Freight · Handbook for drivers · 2026',
  footer: 'Valtor Freight',
  opening:
    'This handbook holds for every driver of Valtor Freight. Whoever drives a train must have read it **before the first shift**[[The driving licence must be renewed every ten years.]] and must carry it.',
  articles: [
    {
      title: 'Before departure',
      text: 'The driver checks the brakes, the load and the papers. A train with a **damaged wheelset** must not leave the depot, however late it is.',
      bullets: [
        'The brake test takes at least 12 minutes.',
        'The waybill names the load, its weight and the customer.',
        'Defects are reported to dispatch under +44 20 7946 0958 or at https://dispatch.example.org/report.',
      ],
    },
    {
      title: 'Speed and rest',
      text: 'The limits in the table hold for loaded trains. After 4.5 hours a driver rests for at least 45 minutes.',
      bullets: [],
    },
  ],
  caption: 'Limits for loaded trains',
  table: [
    ['Kind of line', 'Speed limit', 'Longest train'],
    ['Main line', '100 km/h', '740 m'],
    ['Branch line', '80 km/h', '560 m'],
    ['Depot track', '25 km/h', '740 m'],
  ],
  closing:
    'Questions are answered by the ==depot manager==. The form {{form_number}} is to be signed and sent back.',
  remark: 'Legal has not read this sentence yet.',
} as const;

/** First column: the term. The others: how it is to be translated. */
export const glossary = [
  ['term', 'de', 'fr'],
  ['wheelset', 'Radsatz', 'essieu monté'],
  ['waybill', 'Frachtbrief', 'lettre de voiture'],
  ['dispatch', 'Disposition', 'régulation'],
  ['depot', 'Betriebshof', 'dépôt'],
] as const;
