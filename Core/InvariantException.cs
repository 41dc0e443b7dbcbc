namespace EnergyChain.Core;

/// <summary>A broken invariant: the node stops on it and nothing below the host catches it.</summary>
public sealed class InvariantException(string message) : Exception(message);
