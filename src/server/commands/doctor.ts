import type { Application } from '@nocobase/server';
import { registerDoctorCommand } from '../doctor/command';

/** Loaded by the host when a command is called that it does not know itself. */
export default function addCommands(app: Application): void {
  registerDoctorCommand(app);
}
