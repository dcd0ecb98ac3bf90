/** The colour a customer chose, made readable: white text on it keeps 4.5:1 (WCAG 2, AA). */

/** Contrast of two colours `#RRGGBB`, 1 to 21, by the WCAG formula. */
export function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** The colour itself when white text on it keeps 4.5:1, else the lightest darker one of the same hue that does. */
export function readableBubble(colour: string): string {
  const channels = channelsOf(colour)
  for (let share = 100; share > 0; share--) {
    const darker = `#${channels
      .map(channel =>
        Math.floor((channel * share) / 100)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`.toUpperCase()
    if (contrastOf(darker, '#FFFFFF') >= 4.5) return darker
  }
  return '#000000'
}

function channelsOf(colour: string): readonly number[] {
  return [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour).map(channel => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
