namespace EnergyChain.Dashboard.Access;

/// <summary>Where the wallet keeps its keys.</summary>
internal static class KeystoreFolder
{
    public static string Default => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".energychain", "keys");
}
