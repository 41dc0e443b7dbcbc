using EnergyChain.Contracts;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Setup;

/// <summary>
/// Holds a genesis' Council contract against its council and parameters. Were they edited in one place only, the chain
/// would start with the one and change to the other at its first epoch.
/// </summary>
internal static class GenesisCouncilCheck
{
    /// <summary>What is wrong, as a sentence; null where all fits, or where there is no such contract.</summary>
    public static string? ProblemOf(Genesis genesis)
    {
        GenesisAccount? account = genesis.Accounts.FirstOrDefault(held => held.Address == CouncilContract.Address);
        if (account is null || !account.Code.Span.SequenceEqual(CouncilContract.Artifact.RuntimeCode))
        {
            return null;
        }

        if (genesis.Council.Count > CouncilLimits.MaxMembers)
        {
            return $"$.council: {genesis.Council.Count} members; the Council contract holds {CouncilLimits.MaxMembers}";
        }

        GenesisContract expected = GenesisContracts.Council(
            [.. genesis.Council.Members.Select(member => member.PublicKey)], genesis.Parameters);
        return expected.Storage.SequenceEqual(account.Storage.Select(slot => KeyValuePair.Create(slot.Key, slot.Value)))
            ? null
            : $"$.accounts.{account.Address}.storage: the Council contract starts with other members or parameters "
                + "than $.council and $.parameters, and the first epoch would change to them";
    }
}
