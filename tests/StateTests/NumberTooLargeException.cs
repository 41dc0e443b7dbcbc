namespace EnergyChain.StateTests;

/// <summary>A number that is sound but larger than its field can hold: a transaction with it is invalid.</summary>
internal sealed class NumberTooLargeException(string message) : FormatException(message);
