/** The steps of the guided first minute: what each points at. Its words are `tour.NAME` and `tour.NAME.text` in the language files. */

/** @type {{ name: string, at: string }[]} `at`: a selector. */
export const steps = [
  { name: "target", at: "#targets" },
  { name: "play", at: "#play" },
  { name: "samples", at: "#picture" },
  { name: "discriminator", at: "#graph [data-node=discriminator]" },
  { name: "generator", at: "#graph [data-node=generator]" },
  { name: "metrics", at: "#metrics" },
];
