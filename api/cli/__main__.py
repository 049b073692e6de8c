"""`python -m api.cli`: the command line where `rivershare` is not on the path."""

from api.cli.main import main

main()
