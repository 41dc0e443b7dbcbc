namespace EnergyChain.Vm.Instructions;

/// <summary>The numbers 0 to 32 as types: PUSH, DUP, SWAP and LOG come in that many sizes.</summary>
internal static class Counts
{
    public readonly struct N0 : ICount
    {
        public static int Value => 0;
    }

    public readonly struct N1 : ICount
    {
        public static int Value => 1;
    }

    public readonly struct N2 : ICount
    {
        public static int Value => 2;
    }

    public readonly struct N3 : ICount
    {
        public static int Value => 3;
    }

    public readonly struct N4 : ICount
    {
        public static int Value => 4;
    }

    public readonly struct N5 : ICount
    {
        public static int Value => 5;
    }

    public readonly struct N6 : ICount
    {
        public static int Value => 6;
    }

    public readonly struct N7 : ICount
    {
        public static int Value => 7;
    }

    public readonly struct N8 : ICount
    {
        public static int Value => 8;
    }

    public readonly struct N9 : ICount
    {
        public static int Value => 9;
    }

    public readonly struct N10 : ICount
    {
        public static int Value => 10;
    }

    public readonly struct N11 : ICount
    {
        public static int Value => 11;
    }

    public readonly struct N12 : ICount
    {
        public static int Value => 12;
    }

    public readonly struct N13 : ICount
    {
        public static int Value => 13;
    }

    public readonly struct N14 : ICount
    {
        public static int Value => 14;
    }

    public readonly struct N15 : ICount
    {
        public static int Value => 15;
    }

    public readonly struct N16 : ICount
    {
        public static int Value => 16;
    }

    public readonly struct N17 : ICount
    {
        public static int Value => 17;
    }

    public readonly struct N18 : ICount
    {
        public static int Value => 18;
    }

    public readonly struct N19 : ICount
    {
        public static int Value => 19;
    }

    public readonly struct N20 : ICount
    {
        public static int Value => 20;
    }

    public readonly struct N21 : ICount
    {
        public static int Value => 21;
    }

    public readonly struct N22 : ICount
    {
        public static int Value => 22;
    }

    public readonly struct N23 : ICount
    {
        public static int Value => 23;
    }

    public readonly struct N24 : ICount
    {
        public static int Value => 24;
    }

    public readonly struct N25 : ICount
    {
        public static int Value => 25;
    }

    public readonly struct N26 : ICount
    {
        public static int Value => 26;
    }

    public readonly struct N27 : ICount
    {
        public static int Value => 27;
    }

    public readonly struct N28 : ICount
    {
        public static int Value => 28;
    }

    public readonly struct N29 : ICount
    {
        public static int Value => 29;
    }

    public readonly struct N30 : ICount
    {
        public static int Value => 30;
    }

    public readonly struct N31 : ICount
    {
        public static int Value => 31;
    }

    public readonly struct N32 : ICount
    {
        public static int Value => 32;
    }
}
