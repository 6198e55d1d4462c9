import { tour } from "../house/tour.mjs";

export const title = "every main page fits the narrowest phone and the widest desk";

export async function journey(people) {
  for (const device of ["small", "wide"]) await tour(people, device, "light", (person) => person.fits());
}
