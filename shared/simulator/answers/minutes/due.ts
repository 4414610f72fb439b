const day =
  'mon(?:day)?|tues(?:day)?|wednes(?:day)?|thurs(?:day)?|fri(?:day)?|satur(?:day)?|sun(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag';
const weekday = `(?:${day.replaceAll('(?:day)?', 'day')})`;
const month =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember)';
const relative = '(?:next|this|coming|the|nächste[nrms]?|kommende[nrms]?|diese[nrms]?|der|des)';
const count =
  '(?:\\d+|a|one|two|three|four|five|six|ten|ein(?:em|er)?|zwei|drei|vier|fünf|sechs|zehn)';
const unit = '(?:working days|days?|weeks?|months?|tage?n?|wochen?|monate?n?)';
const expression = [
  `${weekday},? (?:the )?\\d{1,2}(?:st|nd|rd|th|\\.)? ?(?:of )?(?:${month})?`,
  `${weekday} (?:of )?(?:${relative} )?(?:week|woche)`,
  `${relative} (?:week|woche) (?:on |am )?${weekday}`,
  `(?:${relative} )?${weekday}(?: week)?`,
  `(?:the )?(?:end of|ende|mid-?|mitte|anfang|beginning of) ?(?:${relative} )?(?:of )?(?:the )?(?:${month}|month|week|year|quarter|monats?|woche|jahres|quartals|q[1-4])(?: \\d{4})?`,
  `\\d{4}-\\d{2}-\\d{2}`,
  `\\d{1,2}\\.\\d{1,2}\\.(?:\\d{4})?`,
  `(?:the )?\\d{1,2}(?:st|nd|rd|th|\\.)? (?:of )?${month}(?:,? \\d{4})?`,
  `${month} (?:the )?\\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?`,
  `${count} ${unit}(?: from now)?`,
  `(?:the |zum |den )?\\d{1,2}(?:st|nd|rd|th|\\.)(?= |$|,)`,
  `${relative} (?:week|month|quarter|woche|monat|quartal)`,
  `(?:the day after tomorrow|tomorrow|today|übermorgen|morgen|heute)(?: (?:noon|evening|morning|mittag|abend|früh))?`,
  `(?:q[1-4]|monatsende|jahresende|quartalsende|year end|${month})(?: \\d{4})?`,
].join('|');
const lead =
  '(?:no later than|by|until|before|within|due|for|on|in|bis(?: spätestens)?(?: zum| zur)?|spätestens|am|zum|innerhalb von|im|vor)';
const withLead = new RegExp(`(?<!\\p{L})${lead} (?:${expression})(?=[^\\p{L}\\d]|$)`, 'iu');
const alone = new RegExp(
  `(?<!\\p{L})(?:tomorrow|today|übermorgen|morgen|heute|(?:next|this|nächste[nrs]?|kommende[nrs]?) (?:week|month|${weekday}|woche(?: ${weekday})?|monat)|${weekday} (?:next week|nächster woche)|(?:the )?\\d{1,2}(?:st|nd|rd|th)|\\d{1,2}\\. ${month}|ende ${month}|end of ${month}|${weekday})(?=[^\\p{L}\\d]|$)`,
  'iu',
);

/** The date in a sentence, letter by letter, or `undefined`. */
export function dueIn(sentence: string): string | undefined {
  return (withLead.exec(sentence) ?? alone.exec(sentence))?.[0]?.trim();
}
