"""What somebody who looks after many runners sees of one, as far as it is shared, and who needs a look first."""
