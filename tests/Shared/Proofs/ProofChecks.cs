using EnergyChain.Client.Light;

namespace EnergyChain.Tests;

/// <summary>What a light client thinks of an answer.</summary>
internal static class ProofChecks
{
    /// <summary>Why the answer is not proven; null where it is.</summary>
    public static async Task<ProofException?> RefusalOf(Func<Task> ask)
    {
        try
        {
            await ask();
            return null;
        }
        catch (ProofException refusal)
        {
            return refusal;
        }
    }
}
