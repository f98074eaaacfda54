/**
 * The marks of the lab, each drawn as one path however many there are. All take positions in view units ([−1, 1]², y up)
 * and the side of the square picture in pixels.
 */

/**
 * @param {number} x View units.
 * @param {number} side
 */
export const toX = (x, side) => (x + 1) * 0.5 * side;

/**
 * @param {number} y View units, up.
 * @param {number} side
 */
export const toY = (y, side) => (1 - y) * 0.5 * side;

/**
 * Real samples: filled circles.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} points
 * @param {number} side
 * @param {number} radius
 */
export function circles(context, points, side, radius) {
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) {
    const x = toX(points[i], side);
    const y = toY(points[i + 1], side);
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
}

/**
 * Fake samples: hollow diamonds.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} points
 * @param {number} side
 * @param {number} radius
 */
export function diamonds(context, points, side, radius) {
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) diamond(context, toX(points[i], side), toY(points[i + 1], side), radius);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function diamond(context, x, y, radius) {
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.closePath();
}

/**
 * Line segments, four numbers each.
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} segments
 * @param {number} side
 */
export function segments(context, segments, side) {
  context.beginPath();
  for (let i = 0; i < segments.length; i += 4) {
    context.moveTo(toX(segments[i], side), toY(segments[i + 1], side));
    context.lineTo(toX(segments[i + 2], side), toY(segments[i + 3], side));
  }
  context.stroke();
}

const LONGEST_ARROW = 0.24;

/**
 * Gradients: tapered arrows from the sample along −∂L/∂x, the way the generator's update pushes it. Capped, so that a
 * steep discriminator does not cover the picture.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} points
 * @param {Float32Array} gradients In data units.
 * @param {number} scale Half-views an arrow is long for a gradient of 1.
 * @param {number} side
 * @param {number} width Of the arrow's foot, in pixels.
 */
export function arrows(context, points, gradients, scale, side, width) {
  context.beginPath();
  for (let i = 0; i < points.length; i += 2) {
    const gx = gradients[i];
    const gy = gradients[i + 1];
    const norm = Math.hypot(gx, gy);
    if (!(norm > 0)) continue;
    const length = Math.min(LONGEST_ARROW, scale * norm) * 0.5 * side;
    if (length < 0.75) continue;
    const ux = -gx / norm;
    const uy = gy / norm;
    const x = toX(points[i], side);
    const y = toY(points[i + 1], side);
    context.moveTo(x - uy * width, y + ux * width);
    context.lineTo(x + ux * length, y + uy * length);
    context.lineTo(x + uy * width, y - ux * width);
  }
  context.fill();
}

/**
 * Dots coloured by D's output at them: purple diamond-ish squares for surely fake, green for surely real.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} points
 * @param {Uint8Array} scores
 * @param {string[]} colours 16 of them.
 * @param {number} side
 * @param {number} radius
 */
export function scoredDots(context, points, scores, colours, side, radius) {
  // One path a colour: sixteen fills instead of hundreds.
  for (let bin = 0; bin < 16; bin++) {
    context.beginPath();
    for (let i = 0; i < scores.length; i++) {
      if (scores[i] >> 4 !== bin) continue;
      const x = toX(points[2 * i], side);
      const y = toY(points[2 * i + 1], side);
      context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    }
    context.fillStyle = colours[bin];
    context.fill();
  }
}
