"""Whether a diagram always comes to an end: walks through all states that it can be in.

What is looked at is the machine without data: every choice may go each way, every
condition may hold or not, whatever waits for the world outside may happen at any
moment, and work whose inside isn't drawn (calls, services) may end in each way that
somebody catches. Three things keep the states few: an event that interrupts nothing is
at work once at the same time, an activity that is done several times is done once or
not at all, and automatic elements go on in the machine's own order until all rest.
"""
