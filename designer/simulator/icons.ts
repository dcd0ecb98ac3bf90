/** Icons of the simulator (16 by 16). */
export const simulatorIcons = {
  stepBack: 'M4 3.5v9M12.5 3.5 6.5 8l6 4.5z',
  save: 'M4.5 2.5h7v11L8 10.8l-3.5 2.7z',
  clip: 'M10.5 5.5 6 10a1.3 1.3 0 0 0 1.9 1.9l5-5a2.7 2.7 0 0 0-3.8-3.8l-5.2 5.2a4 4 0 0 0 5.7 5.7l3.4-3.4',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5',
  place: 'M8 14s4.5-4.2 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 9.8 8 14 8 14zM8 8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
  list: 'M3 4.5h.01M3 8h.01M3 11.5h.01M6 4.5h7M6 8h7M6 11.5h7',
} as const
