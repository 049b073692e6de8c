import { joined, type Part } from "../parts";

export default joined(import.meta.glob<Part>("./*.json", { eager: true, import: "default" }));
