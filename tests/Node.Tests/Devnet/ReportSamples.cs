using EnergyChain.Node.Devnet.Report;

namespace EnergyChain.Node.Tests.Devnet;

/// <summary>A small report to change one thing of.</summary>
internal static class ReportSamples
{
    public static RunReport Sound { get; } = new()
    {
        Chain = new ChainSection
        {
            Height = 10,
            Validators = 4,
            Relays = 1,
            Transactions = 3,
            Reverted = 0,
            IntervalMs = Distribution.Of([1_000, 1_000]),
            FinalityMs = Distribution.Of([500]),
            HeadHash = "0xaa",
            StateRoot = "0xbb",
            AllNodesAgree = true,
            Nodes = [],
        },
        Parameters = new ParametersSection
        {
            SlotSeconds = 2,
            EnergySlotSeconds = 3_600,
            GateLeadSeconds = 1,
            ReportWindowSeconds = 6,
            OrderLeadSlots = 2,
            GridFee = 20,
            Collateral = 500,
            Reward = 10,
            GasPrice = 1,
            ChainId = 1,
            Strategy = "midpoint",
            Seed = 1,
            Profiles = "built-in",
        },
        Slots = [],
        SiteSlots =
        [
            new SiteSlotRow
            {
                Slot = 5,
                Home = "home_01",
                Record = "ok",
                LoadWh = 0,
                PvWh = 7_000,
                ChargeWh = 0,
                DischargeWh = 0,
                SocWh = 0,
                ImportWh = 0,
                ExportWh = 7_000,
                SoldWh = 0,
                BoughtWh = 0,
                DeliveredWh = 0,
                ReceivedWh = 0,
                Paid = 0,
                Earned = 0,
                CompensationPaid = 0,
                CompensationReceived = 0,
                Fees = 0,
                Rewards = 70,
            },
        ],
        Sites = [],
        Totals = new TotalsSection
        {
            SupplyBefore = 1_000,
            SupplyAfter = 1_070,
            EscrowLeft = 0,
            CollateralLeft = 0,
            MarketBalanceLeft = 0,
            OpenSlotsOutside = 0,
            Rewards = 70,
            GasPaid = 0,
            LoadWh = 0,
            PvWh = 7_000,
            ImportWh = 0,
            ExportWh = 7_000,
            SoldWh = 0,
            BoughtWh = 0,
            DeliveredWh = 0,
            ReceivedWh = 0,
            BillWithoutMarket = -350,
            BillWithMarket = -350,
            SelfSufficiency = null,
            SelfConsumption = 0,
            CommunitySelfSufficiency = null,
            CommunitySelfConsumption = 0,
            SavingPercent = 0,
        },
        Faults = [],
        Discrepancies = [],
    };

    public static RunReport With(SlotRow slot) => Sound with { Slots = [slot] };
}
