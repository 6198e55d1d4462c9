export const title = "the school is open, and every component is as it should be in both lights and all sizes";

const LAYOUTS = ["", "?layout=staff", "?layout=step", "?layout=paper", "?size=huge"];

export async function journey(people) {
  const visitor = await people.person("visitor", { device: "desktop" });
  await visitor.visit("/healthz");

  for (const device of ["small", "phone", "desktop"]) {
    for (const look of ["light", "dark"]) {
      const person = await people.person(`${device}-${look}`, { device, look });
      for (const layout of LAYOUTS) {
        await person.visit(`/_design${layout}`);
        await person.fits();
        await person.axe();
        await person.shot(`design-${device}-${look}-${layout.replace(/^.*=/, "") || "plain"}`);
      }
    }
  }
}
