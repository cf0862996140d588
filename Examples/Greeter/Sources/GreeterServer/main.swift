import Greeter
import Server

await Usher.main(adding: [GreeterPlugin()])
