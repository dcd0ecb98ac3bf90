/** Icons of what the canvas does (16 by 16), by the name of the command. */
export const canvasIcons: Readonly<Record<string, string>> = {
  tidy: 'M2.5 3h4v3.5h-4zM9.5 3h4v3.5h-4zM6 9.5h4V13H6zM4.5 6.5V8h7V6.5M8 8v1.5',
  add_note: 'M3 3h10v6.5L9.5 13H3zM9.5 13V9.5H13',
  add_frame: 'M4.5 2v12M11.5 2v12M2 4.5h12M2 11.5h12',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  duplicate: 'M6 5.5h6.5V13H6zM3.5 10.5V3H10',
  delete_chosen: 'M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5',
  take_out: 'M8 2v3.5M8 10.5V14M5.5 5.5h5v5h-5zM3 3l10 10',
  align_left: 'M3 2v12M5.5 4.5h7M5.5 10h4.5',
  align_centre: 'M8 2v12M4 4.5h8M5.5 10.5h5',
  align_right: 'M13 2v12M3.5 4.5h7M6 10h4.5',
  align_top: 'M2 3h12M4.5 5.5v7M10 5.5V10',
  align_middle: 'M2 8h12M4.5 4v8M10.5 5.5v5',
  align_bottom: 'M2 13h12M4.5 3.5v7M10 6v4.5',
  distribute_across: 'M3 3v10M13 3v10M6.5 5.5h3v5h-3z',
  distribute_down: 'M3 3h10M3 13h10M5.5 6.5h5v3h-5z',
}
