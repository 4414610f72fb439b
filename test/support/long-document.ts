/** A Markdown text of the given number of sections, each long enough to be a chunk of its own at 400 tokens. */
export function longMarkdown(sections: number): string {
  const section = (number: number) => {
    const sentences = Array.from(
      { length: 12 },
      (_, index) =>
        `In week ${index + 1} depot ${number} moved ${100 * number + index} wagons at a cost of ${number}.${index} million euros.`,
    );
    return `## ${number} Depot ${number}\n\n${sentences.join(' ')}`;
  };
  return ['# Depots', ...Array.from({ length: sections }, (_, index) => section(index + 1))].join(
    '\n\n',
  );
}
