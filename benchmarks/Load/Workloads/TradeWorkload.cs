using EnergyChain.Contracts;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>
/// Orders of the sites of a community, every other one a seller; energies and prices differ from site to site, and
/// about half of the energy finds a partner.
/// </summary>
internal sealed class TradeWorkload : ILoadWorkload
{
    /// <summary>What <c>--workload</c> calls it.</summary>
    public const string Name = "trade";

    public const uint RatedPowerW = 5_000;

    // What the dearest order uses: the first of a slot.
    private const ulong GasLimit = 350_000;
    private const uint LeastWh = 200;

    private static readonly UInt256 LowPrice = 100_000_000_000_000_000;
    private static readonly UInt256 HighPrice = 300_000_000_000_000_000;

    private readonly SenderKeys _accounts;
    private readonly SigningKey[] _meters;
    private readonly int _lanes;
    private readonly ChainParameters _parameters;

    public TradeWorkload(int sites, int lanes, ChainParameters parameters, MarketCalendar calendar)
    {
        _accounts = new SenderKeys("site", sites, lanes);
        _meters = [.. Enumerable.Range(0, sites).Select(number => SenderKeys.KeyOf("site meter", number))];
        _lanes = lanes;
        _parameters = parameters;
        Calendar = calendar;
    }

    public MarketCalendar Calendar { get; }

    public LoadNeeds Needs => new(
        [
            .. Enumerable.Range(0, _accounts.Count).Select(place => _accounts[place].Address),
            .. _meters.Select(meter => meter.Address),
        ],
        [
            .. Enumerable.Range(0, _accounts.Count).Select(
                place => new GenesisSite(SiteAt(place), _accounts[place].Address)),
        ],
        [
            .. _meters.Select((meter, place) => new GenesisDevice(
                meter.Address, SiteAt(place), RatedPowerW, EnergySource.Solar)),
        ]);

    /// <summary>The number of the site at a place among the sites.</summary>
    public static uint SiteAt(int place) => (uint)place + 1;

    public Transaction Sign(int lane, int index)
    {
        (int place, ulong nonce) = _accounts.At(lane, index);
        uint site = SiteAt(place);
        uint energyWh = LeastWh + (site * 37 % 800);
        UInt256 spread = (site * 7_919UL % 200) * 1_000_000_000_000_000;
        bool sells = IsSeller(place);
        UInt256 price = sells ? LowPrice + spread : HighPrice - spread;
        UInt256 rate = sells ? LoadGenesis.CollateralPerKwh : price + LoadGenesis.GridFeePerKwh;
        byte[] data = EnergyMarketContract.PlaceOrder(
            Calendar.SlotOf(NumberOf(lane, index)), site, sells ? OrderKind.Sell : OrderKind.Buy, energyWh, price);
        return LoadTransaction.Sign(
            _parameters,
            _accounts[place],
            nonce,
            EnergyMarketContract.Address,
            GasLimit,
            rate * energyWh / 1_000,
            data);
    }

    /// <summary>The places of the sites that sell in a slot, once each.</summary>
    public IReadOnlyList<int> SellersOf(ulong slot)
    {
        long first = (long)(slot - Calendar.FirstSlot) * Calendar.OrdersPerSlot;
        return
        [
            .. Enumerable.Range(0, Calendar.OrdersPerSlot)
                .Select(k => _accounts.At((int)((first + k) % _lanes), (int)((first + k) / _lanes)).Sender)
                .Where(IsSeller)
                .Distinct(),
        ];
    }

    public SigningKey MeterOf(int place) => _meters[place];

    private static bool IsSeller(int place) => place % 2 == 1;

    private long NumberOf(int lane, int index) => ((long)index * _lanes) + lane;
}
