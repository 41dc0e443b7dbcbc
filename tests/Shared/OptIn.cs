namespace EnergyChain.Tests;

/// <summary>Tests that take minutes, or a machine of their own: a plain <c>dotnet test</c> leaves them out.</summary>
internal static class OptIn
{
    private const string Variable = "ENERGYCHAIN_TESTS";

    /// <summary>
    /// Skips the running test, and says how to run it, unless <c>ENERGYCHAIN_TESTS</c> names its kind, alone or with
    /// others: <c>processes,browser</c>.
    /// </summary>
    public static void Require(string kind)
    {
        string[] asked = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!asked.Contains(kind, StringComparer.OrdinalIgnoreCase))
        {
            Assert.Ignore($"Takes minutes and runs where it is asked for: {Variable}={kind}.");
        }
    }
}
