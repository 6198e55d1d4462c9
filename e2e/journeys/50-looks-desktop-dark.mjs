import { tour } from "../house/tour.mjs";

export const title = "every main page on a desk by night: fits, and axe finds nothing";

export const journey = (people) => tour(people, "desktop", "dark");
