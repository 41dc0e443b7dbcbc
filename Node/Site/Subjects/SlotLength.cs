using System.Numerics;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>The length of a slot as a genesis has it; no vote changes it later.</summary>
internal static class SlotLength
{
    /// <summary>Seconds; <see cref="OperatorException"/> where the genesis has no meter registry.</summary>
    public static long Of(Genesis genesis)
    {
        StorageVariable variable = MeterRegistryContract.Artifact.StorageLayout.Variable("_slotSeconds");
        UInt256 word = genesis.Accounts
            .Where(static account => account.Address == MeterRegistryContract.Address)
            .SelectMany(static account => account.Storage)
            .FirstOrDefault(slot => slot.Key.ToBigInteger() == variable.Slot)
            .Value;
        BigInteger seconds = (word.ToBigInteger() >> (8 * variable.Offset)) & ulong.MaxValue;
        return seconds >= 1 && seconds <= 86_400
            ? (long)seconds
            : throw new OperatorException("The genesis has no meter registry with a slot length.");
    }
}
