namespace EnergyChain.Client.Keys;

/// <summary>All keys of a keystore, and the files in it that are none.</summary>
/// <param name="Keys">Sound key files, by name.</param>
/// <param name="Broken">File names with what is wrong with each.</param>
public sealed record KeyListing(IReadOnlyList<KeyDescription> Keys, IReadOnlyList<(string File, string Reason)> Broken);
