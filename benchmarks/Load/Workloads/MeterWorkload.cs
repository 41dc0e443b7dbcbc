using EnergyChain.Contracts;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>
/// Records of meters, each signed by its device, for slots long past: one device reports a slot once, and at hundreds
/// of records a device there must be as many slots that have ended.
/// </summary>
internal sealed class MeterWorkload : ILoadWorkload
{
    /// <summary>What <c>--workload</c> calls it.</summary>
    public const string Name = "meter";

    /// <summary>Sites of this workload are numbered from here on, apart from those that trade.</summary>
    private const uint FirstSite = 1_000_000;

    private const ulong GasLimit = 220_000;

    private readonly SenderKeys _devices;
    private readonly ChainParameters _parameters;
    private readonly ulong _firstSlot;

    /// <param name="devices">How many meters.</param>
    /// <param name="lanes">Nodes by which their records enter.</param>
    /// <param name="parameters">Those of the chain.</param>
    /// <param name="firstSlot">The slot of the first record of each.</param>
    public MeterWorkload(int devices, int lanes, ChainParameters parameters, ulong firstSlot)
    {
        _devices = new SenderKeys("meter", devices, lanes);
        _parameters = parameters;
        _firstSlot = firstSlot;
    }

    public LoadNeeds Needs
    {
        get
        {
            using SigningKey owner = SenderKeys.KeyOf("owner", 0);
            int[] places = [.. Enumerable.Range(0, _devices.Count)];
            return new LoadNeeds(
                [.. places.Select(place => _devices[place].Address), owner.Address],
                [.. places.Select(place => new GenesisSite(FirstSite + (uint)place, owner.Address))],
                [
                    .. places.Select(place => new GenesisDevice(
                        _devices[place].Address,
                        FirstSite + (uint)place,
                        TradeWorkload.RatedPowerW,
                        EnergySource.Solar)),
                ])
            { ReportWindowSeconds = LoadGenesis.LongestReportWindowSeconds };
        }
    }

    public Transaction Sign(int lane, int index)
    {
        (int place, ulong nonce) = _devices.At(lane, index);
        return LoadTransaction.Sign(
            _parameters,
            _devices[place],
            nonce,
            MeterRegistryContract.Address,
            GasLimit,
            data: MeterRegistryContract.SubmitRecord(Records.Of(_firstSlot + nonce, nonce + 1)));
    }
}
