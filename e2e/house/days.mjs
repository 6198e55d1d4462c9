// Days of the school, by the calendars the program ships: who names a day to somebody names one on which people work.

import { readFileSync } from "node:fs";

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** The day in so many days from today, as it stands in a field for dates. */
export function inDays(days) {
  return iso(new Date(Date.now() + SHANGHAI_MS + days * DAY_MS));
}

/** This day, or the first after it on which the school works. */
export function workingFrom(day) {
  let date = new Date(`${day}T00:00:00Z`);
  while (!isWorking(date)) date = new Date(date.getTime() + DAY_MS);
  return iso(date);
}

function isWorking(date) {
  const { rest, work } = calendarOf(date.getUTCFullYear());
  const day = iso(date);
  if (work.includes(day)) return true;
  return ![0, 6].includes(date.getUTCDay()) && !rest.some(([from, until]) => from <= day && day <= until);
}

/** Rest and made-up days of a year; a year without a calendar has weekends alone. */
function calendarOf(year) {
  let text = "";
  try {
    text = readFileSync(new URL(`../../calendars/${year}.toml`, import.meta.url), "utf8");
  } catch (trouble) {
    if (trouble.code !== "ENOENT") throw trouble;
  }
  const rest = [...text.matchAll(/^from = (\S+).*\nuntil = (\S+)/gm)].map(([, from, until]) => [from, until]);
  const work = [...text.matchAll(/^makeup = \[([^\]]*)\]/gm)].flatMap(([, days]) => days.split(",").map((day) => day.trim()));
  return { rest, work };
}

function iso(date) {
  return date.toISOString().slice(0, 10);
}
