namespace EnergyChain.Client.Keys;

/// <summary>
/// The cost of guessing a password (Argon2id, RFC 9106). The defaults take about 0.2 s and 64 MiB a guess; the file
/// records what it was made with. Lower values are for tests only.
/// </summary>
public sealed class KeystoreOptions
{
    /// <summary>Memory in KiB, 8 to 1,048,576.</summary>
    public int MemoryKiB { get; init; } = 64 * 1024;

    /// <summary>Passes over the memory, 1 to 16.</summary>
    public int Passes { get; init; } = 3;
}
