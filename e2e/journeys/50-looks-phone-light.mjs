import { tour } from "../house/tour.mjs";

export const title = "every main page on a phone by day: fits, and axe finds nothing";

export const journey = (people) => tour(people, "phone", "light");
