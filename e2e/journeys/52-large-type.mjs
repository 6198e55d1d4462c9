import { holdsLargeType } from "../house/large.mjs";
import { tour } from "../house/tour.mjs";

export const title = "every main page can be read in type of twice the size on the narrowest phone";

export async function journey(people) {
  await tour(people, "small", "light", async (person, name) => {
    await holdsLargeType(person);
    await person.shot(name);
  });
}
