namespace EnergyChain.Client.Light;

/// <summary>Something was asked that no header of the chain commits to; the message says what to ask instead.</summary>
public sealed class UnprovableException(string message) : Exception(message);
