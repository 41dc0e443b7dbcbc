namespace EnergyChain.Market.Model;

/// <summary>Green certificates in Wh, by account, slot and source.</summary>
public sealed class CertificateBook
{
    /// <summary>Solar, wind, hydro.</summary>
    public const byte LastSource = 3;

    private readonly SortedDictionary<(Slot Slot, byte Source, AccountId Account), WattHours> _holdings = [];

    public WattHours HeldBy(AccountId account, Slot slot, byte source) =>
        _holdings.GetValueOrDefault((slot, source, account));

    public void Mint(AccountId account, Slot slot, byte source, WattHours energy) =>
        _holdings[(slot, source, account)] = HeldBy(account, slot, source) + energy;

    /// <summary>Moves what the seller holds of the slot, lowest source first; gives what moved.</summary>
    public WattHours Move(AccountId seller, AccountId buyer, Slot slot, WattHours energy)
    {
        WattHours left = energy;
        for (byte source = 1; source <= LastSource; source++)
        {
            WattHours moved = WattHours.Min(HeldBy(seller, slot, source), left);
            _holdings[(slot, source, seller)] = HeldBy(seller, slot, source) - moved;
            Mint(buyer, slot, source, moved);
            left -= moved;
        }

        return energy - left;
    }
}
