/** Words for days, in English and German, as `normalise` leaves them (without accents). */

/** Days from today. */
export const DAY_WORDS: Readonly<Record<string, number>> = {
  today: 0,
  tonight: 0,
  tomorrow: 1,
  'day after tomorrow': 2,
  yesterday: -1,
  'day before yesterday': -2,
  heute: 0,
  morgen: 1,
  ubermorgen: 2,
  uebermorgen: 2,
  gestern: -1,
  vorgestern: -2,
}

/** ISO numbers: Monday is 1. */
export const WEEKDAYS: Readonly<Record<string, number>> = {
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
  montag: 1,
  dienstag: 2,
  mittwoch: 3,
  donnerstag: 4,
  freitag: 5,
  samstag: 6,
  sonnabend: 6,
  sonntag: 7,
}

/** Months; short forms are safe because a day's number always stands beside them. */
export const MONTHS: Readonly<Record<string, number>> = {
  ...{ january: 1, february: 2, march: 3, april: 4, may: 5, june: 6, july: 7, august: 8, september: 9, october: 10, november: 11, december: 12 },
  ...{ jan: 1, feb: 2, mar: 3, apr: 4, jun: 6, jul: 7, aug: 8, sep: 9, sept: 9, oct: 10, nov: 11, dec: 12 },
  ...{ januar: 1, janner: 1, februar: 2, marz: 3, maerz: 3, mai: 5, juni: 6, juli: 7, oktober: 10, dezember: 12, mrz: 3, okt: 10, dez: 12 },
}

/** Figures that people write out. */
export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12 },
  ...{ ein: 1, eins: 1, eine: 1, einem: 1, einer: 1, zwei: 2, drei: 3, vier: 4, funf: 5, fuenf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10 },
  ...{ elf: 11, zwolf: 12, zwoelf: 12 },
}

/** Units that can follow "in two". */
export const SPAN_WORDS: Readonly<Record<string, 'days' | 'weeks' | 'months'>> = {
  ...{ day: 'days', days: 'days', week: 'weeks', weeks: 'weeks', month: 'months', months: 'months' },
  ...{ tag: 'days', tagen: 'days', tage: 'days', woche: 'weeks', wochen: 'weeks', monat: 'months', monaten: 'months', monate: 'months' },
}

/** Before a weekday: that of next week. Source of a regular expression. */
export const NEXT = 'next|nachste[nrs]?|naechste[nrs]?'
/** Before a weekday: the coming one. Source of a regular expression. */
export const THIS = 'this|coming|on|diese[nrs]?|kommende[nrs]?|am'
