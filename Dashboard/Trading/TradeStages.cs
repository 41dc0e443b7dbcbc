using EnergyChain.Client.Model;
using EnergyChain.Contracts.Views;

namespace EnergyChain.Dashboard.Trading;

/// <summary>Tells how far trades are.</summary>
public static class TradeStages
{
    public static TradeStage Of(TradeInfo trade, MarketParameters market, DateTimeOffset now)
    {
        if (trade.Settlement is not null)
        {
            return TradeStage.Settled;
        }

        ulong slot = (ulong)now.ToUnixTimeSeconds() / market.SlotSeconds;
        return slot < trade.Slot ? TradeStage.Traded
            : slot == trade.Slot ? TradeStage.Delivering
            : TradeStage.Delivered;
    }
}
