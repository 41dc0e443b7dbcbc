using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts;

/// <summary>
/// The registry at its fixed address: call data for transactions, queries for views, readers of events. Thread-safe.
/// </summary>
public static class MeterRegistryContract
{
    public static Address Address { get; } = Address.FromNumber(0x1001);

    public static ContractArtifact Artifact { get; } = ContractArtifact.Load("MeterRegistry");

    /// <summary>Operator only.</summary>
    public static byte[] RegisterSite(uint site, Address account) => Call("registerSite", (ulong)site, account);

    /// <summary>Operator only.</summary>
    public static byte[] RegisterDevice(Address device, uint site, uint ratedPowerW, EnergySource source) =>
        Call("registerDevice", device, (ulong)site, (ulong)ratedPowerW, (ulong)source);

    /// <summary>Operator only.</summary>
    public static byte[] RevokeDevice(Address device) => Call("revokeDevice", device);

    /// <summary>Operator only: the device's next record sets new counters.</summary>
    public static byte[] AcceptCounterReset(Address device) => Call("acceptCounterReset", device);

    /// <summary>Signed by the device's own key; another account may pay the gas.</summary>
    public static byte[] SubmitRecord(MeterRecord record) => Call("submitRecord", record.ToAbi());

    /// <summary>Pays the sender's credit, left by a push that failed, to the recipient.</summary>
    public static byte[] Withdraw(Address recipient) => Call("withdraw", recipient);

    /// <summary>The account that trades for the site; zero for an unknown one.</summary>
    public static ContractQuery<Address> SiteAccount(uint site) =>
        Query("siteAccount", results => results[0].AsAddress, (ulong)site);

    public static ContractQuery<RegisteredDevice> DeviceOf(Address device) =>
        Query("deviceOf", results => RegisteredDevice.Read(results[0]), device);

    public static ContractQuery<RegistryParameters> Parameters() =>
        Query("parameters", results => RegistryParameters.Read(results[0]));

    /// <summary>Base units left to pay rewards from.</summary>
    public static ContractQuery<UInt256> Reserve() => Query("reserve", results => results[0].AsUInt256);

    /// <summary>Renewable Wh accepted since genesis.</summary>
    public static ContractQuery<UInt256> RewardedWh() => Query("rewardedWh", results => results[0].AsUInt256);

    public static ContractQuery<UInt256> RewardFor(ulong energyWh) =>
        Query("rewardFor", results => results[0].AsUInt256, energyWh);

    public static ContractQuery<UInt256> CreditOf(Address account) =>
        Query("creditOf", results => results[0].AsUInt256, account);

    /// <summary>Reads a log whose address is <see cref="Address"/>.</summary>
    public static bool TryDecodeEvent(
        IReadOnlyList<Hash32> topics,
        ReadOnlySpan<byte> data,
        out RegistryEvent? happening)
    {
        bool decoded = Artifact.Abi.TryDecodeEvent(topics, data, out string name, out IReadOnlyList<AbiValue> values);
        happening = decoded ? RegistryEvent.Read(name, values) : null;
        return happening is not null;
    }

    private static byte[] Call(string name, params AbiValue[] arguments) =>
        Artifact.Abi.Function(name).EncodeCall(arguments);

    private static ContractQuery<T> Query<T>(
        string name,
        Func<IReadOnlyList<AbiValue>, T> read,
        params AbiValue[] arguments) => new(Artifact.Abi.Function(name), read, arguments);
}
