"""The sample publication: The Harbour Courier of Port Mewan, a town that is on no map. All of it is our own writing."""
