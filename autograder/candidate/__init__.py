"""The agent inside the sandbox: finds and runs the student's definitions, and answers calls of them.

Nobody imports this room: the fork-server loads it by name. All of it runs beside student code and is trusted with
nothing; whatever it says is a claim that the examiner scores.
"""
