/**
 * A line in which the host's gateway logs, as an error, what it answered to somebody who asked before the application was
 * there: which of them it is depends on how far the host had got, so on how busy the machine is.
 */
export const NOT_READY = /"code":"APP_(NOT_FOUND|PREPARING|INITIALIZING|INITIALIZED|STARTING|COMMANDING)"/;
