import type { BusinessWeek } from "@/lib/desk/business-time";
import type { ResponseTargets } from "@/lib/desk/response-targets";
import { sampleStaff } from "@/lib/staff/sample-people";

/** Eight to six, on Fridays until four. */
export const sampleWeek: BusinessWeek = [
  ...Array.from({ length: 4 }, () => ({ from: 480, to: 1_080 })),
  { from: 480, to: 960 },
  null,
  null,
];

export const sampleTargets: ResponseTargets = {
  otherwise: 8,
  services: [
    { service: "Security Review", hours: 4 },
    { service: "Training", hours: 16 },
  ],
};

const [admin, manager] = sampleStaff;

/** What the sample's people share, each filter as in the URL. */
export const sampleViews = [
  { owner: manager, name: "Waiting for an offer", filter: "status=qualified&snoozed=false&sort=timestamp" },
  {
    owner: admin,
    name: "Security and cloud",
    filter: "-status=closed&-status=spam&service=Cloud+Architecture&service=Security+Review",
  },
];
