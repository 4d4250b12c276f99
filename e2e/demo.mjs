// The example practice as `bedside demo` opens it: a challenge that runs, a filled inbox, and networks that are played.

import { reaches } from './person.mjs';
import { OWNER, signIn } from './practice.mjs';
import { openWorld } from './world.mjs';

/** The world of the example practice, with its clinician signed in. */
export async function openDemo(t, person = {}) {
  const world = await openWorld(t, { bedside: { command: 'demo' }, person });
  await signIn(world.page, OWNER);
  await reaches(world.page, '/rounds');
  return world;
}
