namespace EnergyChain.Dashboard.Access;

/// <summary>A user as the file holds one. Bytes are Base64.</summary>
/// <param name="Name">Lower-case name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="MemoryKiB">Cost of the hash (Argon2id).</param>
/// <param name="Passes">Cost of the hash.</param>
/// <param name="Salt">Random.</param>
/// <param name="Hash">Of the password.</param>
public sealed record UserRecord(
    string Name, UserRole Role, int MemoryKiB, int Passes, byte[] Salt, byte[] Hash);
