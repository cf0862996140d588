import Server

await Usher.main()
