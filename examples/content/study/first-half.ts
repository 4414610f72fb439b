import { bullets, type Chapter, section, table } from '../block.ts';

export const firstHalf: readonly Chapter[] = [
  {
    title: 'Introduction',
    blocks: [
      'A vaccine travels from the factory to the arm of a child through six or seven refrigerators. The last is usually the weakest. In the district that we studied it stands in a room of three by four metres, under a roof of corrugated iron, and is fed from a gas bottle that comes on a motorcycle every third week, if the road is open.',
      'Most programmes count heat as the enemy. Yet reviews of temperature records have found freezing to be as common as overheating in the last store, and it does more harm to vaccines that contain aluminium, since freezing destroys them within an hour and leaves hardly a trace. A nurse who is afraid of heat turns the thermostat down in the evening, and by five in the morning the vials are frozen.',
      'Solar refrigerators have replaced gas in many places. They work well while they are looked after. Their batteries last four or five years, cost as much as a third of the whole unit, and are stolen for use in lamps. Direct-drive units without a battery avoid this, but they need a compressor that can be repaired only in the capital.',
      'A clear sky at night is cold. A surface that faces it loses heat by radiation and can fall several degrees below the temperature of the air, which has been used to make ice in deserts for two thousand years. The device tested here brings this old effect together with a lining of ice that melts slowly at a constant temperature. It has no compressor, no battery and a single moving part, a valve worked by wax.',
      'Laboratory results with devices of this kind have been published, and so have reports from single sites over a few weeks. What has been missing is a comparison under ordinary conditions, with ordinary staff, through all the seasons of a year. This paper reports such a comparison. It asks three questions.',
      bullets(
        'Does the new refrigerator reduce the time for which vaccines are outside 2 to 8 °C, on the warm as well as on the cold side?',
        'Are fewer doses thrown away?',
        'What does it cost to buy and to run, compared with gas?',
      ),
    ],
  },
  {
    title: 'Methods',
    blocks: [
      section('Setting'),
      'The Sarin uplands lie between 1,100 and 1,900 metres above the sea. Days are hot from March to June, when the air in an unshaded room reaches 38 °C, and nights are clear for about 270 days of the year. The monsoon lasts from the middle of July to the middle of September. The district has 61 health posts, of which 43 have no grid connection or one that fails for more than eight hours a day.',
      section('Choice of posts'),
      'From the 43 posts we left out those that could not be reached within one day from the district store, those that held fewer than 200 doses, and those that were due to be connected to the grid. Thirty-one remained. They were put into pairs by altitude, catchment population and type of the present refrigerator, and the twelve best-matched pairs were taken. In each pair the post whose roof could carry the panel without being strengthened received the new refrigerator. Posts were therefore not assigned at random, and a difference in the quality of the buildings between the two groups cannot be excluded.',
      section('The device'),
      'The refrigerator holds 38 litres of vaccine in a chest with walls of ten centimetres. Between wall and chest are 54 kilograms of water in flat bottles. A panel of 2.6 square metres on the roof is connected with the chest by a loop in which a refrigerant rises as vapour and returns as liquid. When the panel is colder than the bottles they freeze; when it is warmer the wax valve closes the loop. Fully frozen, the bottles keep the chest below 8 °C for eleven days at an outside temperature of 32 °C, as measured by the maker. A basket with a spacer keeps vials away from the ice.',
      'The panels were set up by two technicians of the district within one day for each post. One member of the staff of every post was trained for half a day. The training dealt with loading, with wiping the panel once a week, and with what not to do: in particular, not to put warm water bottles next to the vaccine to speed up freezing.',
      section('Measurements'),
      'Each refrigerator of both groups carried two loggers, one in the middle of the vaccines and one at the place that a mapping had shown to be the coldest, so that 48 loggers were in use. They recorded the temperature every ten minutes from 1 May 2024 to 30 June 2025 and were read every month by the supervisor, who also counted the doses received, used and discarded, and asked for the reason of every discard.',
      'An excursion was defined before the study as a period of more than one hour in which either logger was below 2 °C or above 8 °C. Periods less than two hours apart were counted as one. Periods that began within an hour after a delivery were left out, because the lid is then open. Of all logger-hours 6.3 % were lost, mostly to flat batteries, and these were treated as missing and not as good.',
      section('Analysis'),
      'Rates were compared by a Poisson regression with the pair as a stratum and robust standard errors. Costs were taken from the books of the district, with the price of gas at the post, including transport. The purchase was spread over ten years at a discount rate of 5 %. The analysis was laid down in a protocol in April 2024, and what was added later is named as such.',
      table(
        'Health posts at the start of the study',
        ['Characteristic', 'New refrigerator', 'Comparison'],
        ['Number of posts', '12', '12'],
        ['Altitude, metres, median', '1,460', '1,430'],
        ['People served, median', '5,900', '6,150'],
        ['Doses in store, median', '640', '610'],
        ['Gas refrigerator', '9', '9'],
        ['Kerosene refrigerator', '3', '3'],
        ['Excursions in the month before, per 100 days', '7.1', '6.9'],
        ['Roof made of concrete', '7', '2'],
        ['Distance to the district store, km', '34', '37'],
      ),
    ],
  },
];
