export interface Desk {
  /** for example `http://127.0.0.1:4310` */
  url: string;
  port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export interface DeskOptions {
  /** 0 takes any free port */
  port?: number;
  /** kept over restarts, seeded when missing */
  dataFile?: string;
  host?: string;
  /** opens `POST /api/faults` */
  faults?: boolean;
}

export function startDesk(options?: DeskOptions): Promise<Desk>;
