namespace EnergyChain.Node.Index.Parts;

/// <summary>The part was merged into another or removed since it was looked up: look again.</summary>
internal sealed class PartGoneException : Exception;
