"""One function per command or button: it reads files and the record's state, calls pure rooms, appends one event."""
