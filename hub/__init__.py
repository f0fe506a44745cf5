"""The process: settings, HTTP, sign-in, command line, ledger and the wiring of everything else."""
