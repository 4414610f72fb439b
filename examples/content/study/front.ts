export const studyTitle = 'Keeping vaccines cold without a grid';
export const studySubtitle =
  'A controlled field study of ice-lined refrigerators with night-sky cooling at 24 rural health posts';
export const studyAuthors =
  'M. Adeyemi-Strand, R. Castellane, J. Thorvald and the Uplands Cold Chain Group';

export const abstract = [
  'Background. Vaccines spoil when they are kept too warm and, more often than is thought, when they freeze. Health posts without a reliable grid depend on absorption refrigerators that burn gas or kerosene. We tested a refrigerator that stores cold in ice and sheds heat to the night sky by a panel on the roof.',
  'Methods. We followed 24 rural health posts in the Sarin uplands for fourteen months. Twelve received the new refrigerator, and twelve of similar size kept what they had. Loggers recorded the temperature every ten minutes. The main outcome was the number of excursions, that is periods of more than one hour outside 2 to 8 °C, for each 100 days.',
  'Results. Excursions fell to 2.1 per 100 refrigerator-days in the posts with the new refrigerator, against 6.8 in the comparison posts, a reduction of 69 %. Wastage of doses was 1.7 % against 4.9 %. Running costs fell by 412 dollars per post and year. The benefit was smaller in the eight weeks of the monsoon.',
  'Conclusion. In a dry upland climate night-sky cooling keeps vaccines at the right temperature at a lower cost than gas. Whether it does so on humid coasts is not known.',
];
